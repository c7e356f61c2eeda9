package app

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"fmt"
	"io"
	"mime"
	"net/http"
	"path"

	"github.com/aerostic/aerostic/internal/provider/whatsapp/whatsappsim"
)

// demoFiles are what customers of the demo data send; drawn and hummed for it.
//
//go:embed demo
var demoFiles embed.FS

// write has every customer write. Meta's ids are fixed, so that what came before is not taken in twice.
func (in *demoInbox) write(ctx context.Context) error {
	for i, talk := range demoTalks() {
		for j, said := range talk.said {
			if err := in.say(ctx, talk.phone, fmt.Sprintf("wamid.demo.%d.%d", i, j), said); err != nil {
				return fmt.Errorf("customer %d writes: %w", i, err)
			}
		}
	}
	return nil
}

func (in *demoInbox) say(ctx context.Context, phone, id string, said demoSaid) error {
	request := whatsappsim.InboundRequest{PhoneNumberID: in.channel, From: phone, ID: id, Type: said.kind, Content: said.content,
		Name: demoName(phone), At: in.Clock.Now().Add(-said.ago).Unix()}
	if said.kind == "" {
		text, err := json.Marshal(map[string]string{"body": said.text})
		if err != nil {
			return err
		}
		request.Content = text
	}
	if said.file != "" {
		content, err := in.file(ctx, said)
		if err != nil {
			return err
		}
		request.Content = content
	}
	raw, err := json.Marshal(request)
	if err != nil {
		return err
	}
	_, err = in.post(ctx, "/_sim/inbound", "application/json", raw)
	return err
}

// file gives the simulator a file, and the content of its message.
func (in *demoInbox) file(ctx context.Context, said demoSaid) (json.RawMessage, error) {
	raw, err := demoFiles.ReadFile(path.Join("demo", said.file))
	if err != nil {
		return nil, err
	}
	kind := mime.TypeByExtension(path.Ext(said.file))
	if path.Ext(said.file) == ".ogg" {
		kind = "audio/ogg; codecs=opus"
	}
	answer, err := in.post(ctx, "/_sim/media?phone_number_id="+in.channel, kind, raw)
	if err != nil {
		return nil, err
	}
	content := map[string]any{}
	for _, part := range [][]byte{said.content, answer} { // the answer has the file's id
		if err := json.Unmarshal(part, &content); err != nil {
			return nil, err
		}
	}
	delete(content, "file_size")
	delete(content, "sha256") // the simulator fills it in, as Meta writes it
	return json.Marshal(content)
}

func (in *demoInbox) post(ctx context.Context, path, kind string, body []byte) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, in.sim+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Content-Type", kind)
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer reply.Body.Close()
	answer, err := io.ReadAll(reply.Body)
	if err == nil && reply.StatusCode != http.StatusOK {
		err = fmt.Errorf("the simulator answers %d: %s", reply.StatusCode, answer)
	}
	return answer, err
}
