package whatsappsim

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
)

// unsupportedErrors is what Meta says of a message that it cannot show.
var unsupportedErrors = []any{map[string]any{"code": 131051, "title": "Message type unknown", "message": "Message type unknown",
	"error_data": map[string]string{"details": "Message type is currently not supported."}}}

// contentless are the types that have no member of their own.
var contentless = map[string]bool{"unsupported": true, "request_welcome": true}

// inboundContent is the member named by the message's type.
func (s *Sim) inboundContent(request InboundRequest) (any, error) {
	switch request.Type {
	case "text":
		if len(request.Content) == 0 {
			return map[string]string{"body": request.Text}, nil
		}
	case "image", "video", "audio", "document", "sticker":
		return s.mediaContent(request)
	case "system":
		return s.systemContent(request)
	}
	if len(request.Content) > 0 {
		return request.Content, nil
	}
	if contentless[request.Type] || request.Errors != nil {
		return nil, nil
	}
	return nil, errors.New("a message of type " + request.Type + " needs content")
}

// mediaContent fills in what the simulator knows of a file that it keeps.
func (s *Sim) mediaContent(request InboundRequest) (map[string]any, error) {
	content, err := readContent(request)
	if err != nil {
		return nil, err
	}
	id, _ := content["id"].(string)
	if id == "" && request.Errors == nil {
		return nil, errors.New("a message of type " + request.Type + " needs the id of a file: POST /_sim/media first")
	}
	file, known := s.media.get(id, s.now())
	if !known {
		return content, nil
	}
	hash, err := hex.DecodeString(file.sha256)
	if err != nil {
		return nil, err
	}
	fill(content, "mime_type", file.mime)
	fill(content, "sha256", base64.StdEncoding.EncodeToString(hash))
	if request.host != "" {
		fill(content, "url", s.mediaURL(request.host, file.id))
	}
	if request.Type == "document" && file.name != "" {
		fill(content, "filename", file.name)
	}
	return content, nil
}

func readContent(request InboundRequest) (map[string]any, error) {
	content := map[string]any{}
	if len(request.Content) == 0 {
		return content, nil
	}
	if err := json.Unmarshal(request.Content, &content); err != nil {
		return nil, errors.New("content of type " + request.Type + " must be an object")
	}
	return content, nil
}

func fill(content map[string]any, key string, value any) {
	if _, given := content[key]; !given {
		content[key] = value
	}
}

// systemContent tells of a new number or a new business-scoped id. Of the new number follows
// the new id, so it need not be given.
func (s *Sim) systemContent(request InboundRequest) (map[string]any, error) {
	content, err := readContent(request)
	if err != nil {
		return nil, err
	}
	name := orElse(request.Name, "The customer")
	switch content["type"] {
	case "user_changed_number":
		phone, _ := content["wa_id"].(string)
		id := s.UserID(phone)
		if id == "" {
			return nil, errors.New("user_changed_number needs the new number in wa_id")
		}
		fill(content, "user_id", id)
		fill(content, "body", "User "+name+" changed from "+request.From+" to "+phone)
	case "user_changed_user_id":
		if content["user_id"] == nil {
			return nil, errors.New("user_changed_user_id needs the new id in user_id")
		}
		fill(content, "body", "User "+name+" has a new id")
	default:
		return nil, errors.New("a system message is a user_changed_number or a user_changed_user_id")
	}
	return content, nil
}
