package whatsapp

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
)

// uploadTries is how often an upload that broke off goes on where Meta says it stands.
const uploadTries = 4

// uploadSession is an open upload of Meta's Resumable Upload API.
type uploadSession struct {
	path  string
	query url.Values
}

// UploadHandle uploads a sample file for a template's header and gives its "4::…" handle. An
// upload that breaks off is asked how far it came and goes on from there. progress, which may
// be nil, is told how many bytes Meta has.
func (c *Client) UploadHandle(ctx context.Context, token, appID, filename, mimeType string, content []byte, progress func(sent int)) (handle string, err error) {
	session, err := c.startUpload(ctx, token, appID, filename, mimeType, len(content))
	if err != nil {
		return "", err
	}
	offset := 0
	for range uploadTries {
		if progress != nil {
			progress(offset)
		}
		handle, err = c.sendUpload(ctx, token, session, content, offset)
		if _, refused := errors.AsType[*Error](err); err == nil || refused || ctx.Err() != nil {
			break
		}
		if offset, err = c.uploadOffset(ctx, token, session); err != nil {
			return "", err
		}
	}
	if err != nil {
		return "", fmt.Errorf("upload sample: %w", err)
	}
	if progress != nil {
		progress(len(content))
	}
	return handle, nil
}

func (c *Client) startUpload(ctx context.Context, token, appID, filename, mimeType string, size int) (uploadSession, error) {
	var reply struct {
		ID string `json:"id"`
	}
	start := call{method: http.MethodPost, path: appID + "/uploads", query: url.Values{
		"file_name": {filename}, "file_length": {strconv.Itoa(size)}, "file_type": {mimeType}}}
	if err := c.do(ctx, token, start, &reply); err != nil {
		return uploadSession{}, fmt.Errorf("start upload: %w", err)
	}
	path, rawQuery, _ := strings.Cut(reply.ID, "?")
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return uploadSession{}, fmt.Errorf("read upload session: %w", err)
	}
	return uploadSession{path, query}, nil
}

func (c *Client) sendUpload(ctx context.Context, token string, session uploadSession, content []byte, offset int) (string, error) {
	var reply struct {
		Handle string `json:"h"`
	}
	offset = min(max(0, offset), len(content))
	send := call{method: http.MethodPost, path: session.path, query: session.query, body: bytes.NewReader(content[offset:]),
		header: http.Header{"Authorization": {"OAuth " + token}, "file_offset": {strconv.Itoa(offset)}}}
	err := c.do(ctx, token, send, &reply)
	if err == nil && reply.Handle == "" {
		err = errors.New("the answer has no handle")
	}
	return reply.Handle, err
}

// uploadOffset asks how many bytes Meta has.
func (c *Client) uploadOffset(ctx context.Context, token string, session uploadSession) (int, error) {
	var reply struct {
		Offset int `json:"file_offset"`
	}
	ask := call{method: http.MethodGet, path: session.path, query: session.query, header: http.Header{"Authorization": {"OAuth " + token}}}
	if err := c.do(ctx, token, ask, &reply); err != nil {
		return 0, fmt.Errorf("resume upload: %w", err)
	}
	return reply.Offset, nil
}
