package whatsapp

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// MaxMediaBytes is Meta's upload limit for any kind of media.
const MaxMediaBytes = 100 << 20

// ErrMediaTooLarge says a media is longer than the caller allows.
var ErrMediaTooLarge = errors.New("media is too large")

// Media describes an uploaded file. URL lives five minutes.
type Media struct {
	ID       string
	URL      string
	MIMEType string
	// SHA256 is lower-case hex.
	SHA256 string
	Size   int64
}

// UnmarshalJSON reads file_size as a string or a number: Meta does both.
func (m *Media) UnmarshalJSON(raw []byte) error {
	var wire struct {
		ID       string      `json:"id"`
		URL      string      `json:"url"`
		MIMEType string      `json:"mime_type"`
		SHA256   string      `json:"sha256"`
		FileSize LooseString `json:"file_size"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}
	size, _ := strconv.ParseInt(string(wire.FileSize), 10, 64)
	*m = Media{ID: wire.ID, URL: wire.URL, MIMEType: wire.MIMEType, SHA256: wire.SHA256, Size: size}
	return nil
}

// File is what is uploaded.
type File struct {
	Name     string
	MIMEType string
	Size     int64 // bytes, exactly
	Content  io.Reader
}

// uploadTimeout bounds an upload: the largest file has 100 MB.
const uploadTimeout = 5 * time.Minute

// UploadMedia uploads a file for sending from one number. The id lives 30 days. It may be repeated: each
// upload has an id of its own.
func (c *Client) UploadMedia(ctx context.Context, token, phoneNumberID string, f File) (id string, err error) {
	var frame bytes.Buffer
	form := multipart.NewWriter(&frame)
	before, err := openMediaForm(form, &frame, f)
	if err != nil {
		return "", fmt.Errorf("upload media: %w", err)
	}
	var reply struct {
		ID string `json:"id"`
	}
	what := call{method: http.MethodPost, path: phoneNumberID + "/media", contentType: form.FormDataContentType(), timeout: uploadTimeout,
		body: io.MultiReader(bytes.NewReader(before), f.Content, &frame), size: int64(len(before)) + f.Size + int64(frame.Len())}
	if err := c.do(ctx, token, what, &reply); err != nil {
		return "", fmt.Errorf("upload media: %w", err)
	}
	return reply.ID, nil
}

// openMediaForm writes what stands before the content, which it returns, and leaves in frame what stands after.
func openMediaForm(form *multipart.Writer, frame *bytes.Buffer, f File) (before []byte, err error) {
	if err := errors.Join(form.WriteField("messaging_product", "whatsapp"), form.WriteField("type", f.MIMEType)); err != nil {
		return nil, err
	}
	header := textproto.MIMEHeader{"Content-Type": {f.MIMEType}}
	header.Set("Content-Disposition", `form-data; name="file"; filename="`+quoteEscaper.Replace(f.Name)+`"`)
	if _, err := form.CreatePart(header); err != nil {
		return nil, err
	}
	before = bytes.Clone(frame.Bytes())
	frame.Reset()
	return before, form.Close()
}

var quoteEscaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\r", "", "\n", "")

// MediaInfo asks for a media's URL. With phoneNumberID another number's media is refused.
func (c *Client) MediaInfo(ctx context.Context, token, mediaID, phoneNumberID string) (Media, error) {
	query := url.Values{}
	if phoneNumberID != "" {
		query.Set("phone_number_id", phoneNumberID)
	}
	var media Media
	if err := c.get(ctx, token, mediaID, query, &media); err != nil {
		return media, fmt.Errorf("get media: %w", err)
	}
	return media, nil
}

// DownloadMedia fetches the bytes behind a URL of MediaInfo, at most limit of them, else
// ErrMediaTooLarge. A 404 (*Error) means the URL is older than five minutes.
func (c *Client) DownloadMedia(ctx context.Context, token, mediaURL string, limit int64) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, mediaURL, nil)
	if err != nil {
		return nil, fmt.Errorf("download media: %w", err)
	}
	req.Header.Set("Authorization", "Bearer "+token)
	req.Header.Set("User-Agent", userAgent)
	resp, err := c.managing.RoundTrip(req)
	if err != nil {
		return nil, fmt.Errorf("download media: %w", err)
	}
	defer resp.Body.Close()
	content, err := io.ReadAll(io.LimitReader(resp.Body, limit+1))
	if err != nil {
		return nil, fmt.Errorf("download media: %w", err)
	}
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("download media: %w", parseError(resp.StatusCode, resp.Header, content))
	}
	if int64(len(content)) > limit {
		return nil, fmt.Errorf("download media: %w", ErrMediaTooLarge)
	}
	return content, nil
}

// DeleteMedia removes an uploaded media.
func (c *Client) DeleteMedia(ctx context.Context, token, mediaID string) error {
	if err := c.do(ctx, token, call{method: http.MethodDelete, path: mediaID}, nil); err != nil {
		return fmt.Errorf("delete media: %w", err)
	}
	return nil
}
