package whatsapp

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"syscall"
	"time"
)

// headLimit bounds the head of an answer.
const headLimit = 64 << 10

// reply is an answer that was read whole.
type reply struct {
	status int
	header http.Header
	body   []byte
	last   bool // the server closes the connection after it
}

// conn is a connection to Meta that carries one request at a time, HTTP/1.1 on purpose: a broken one
// puts one message in doubt, and what its single write returned tells whether anything of it left.
type conn struct {
	net.Conn
	raw    syscall.RawConn
	limit  io.LimitedReader
	reader *bufio.Reader
	used   bool      // it has answered before
	idle   time.Time // since when it waits
}

func newConn(wire net.Conn, raw syscall.RawConn) *conn {
	c := &conn{Conn: wire, raw: raw}
	c.limit.R = wire
	c.reader = bufio.NewReader(&c.limit)
	return c
}

// carry writes one request and reads its answer, until the deadline or ctx ends. left is false only when
// no byte of the request was written, and nobody writes it any more.
func (c *conn) carry(ctx context.Context, request []byte, deadline time.Time) (got reply, left bool, err error) {
	if err := c.SetDeadline(deadline); err != nil {
		return reply{}, false, err
	}
	if ctx.Done() != nil {
		stop := context.AfterFunc(ctx, func() { _ = c.SetDeadline(time.Unix(1, 0)) })
		defer func() {
			if !stop() && err == nil {
				got.last = true // its deadline may be changed at any time
			}
		}()
	}
	if c.used && !c.alive() {
		return reply{}, false, net.ErrClosed
	}
	if n, err := c.Write(request); err != nil {
		return reply{}, n > 0, err
	}
	got, err = c.read()
	c.used = true
	return got, true, err
}

// alive asks the kernel whether the server has closed an idle connection, or said something unasked.
func (c *conn) alive() bool {
	if c.reader.Buffered() > 0 {
		return false
	}
	quiet := false
	err := c.raw.Read(func(fd uintptr) bool {
		var one [1]byte
		_, _, err := syscall.Recvfrom(int(fd), one[:], syscall.MSG_PEEK)
		quiet = err == syscall.EAGAIN
		return true
	})
	return err == nil && quiet
}

// read reads the answer, past those that only say that one is on its way.
func (c *conn) read() (reply, error) {
	c.limit.N = headLimit + replyLimit
	for {
		resp, err := http.ReadResponse(c.reader, nil)
		if err != nil {
			return reply{}, err
		}
		if resp.StatusCode >= 200 || resp.StatusCode == http.StatusSwitchingProtocols {
			return whole(resp)
		}
	}
}

// whole reads an answer's body.
func whole(resp *http.Response) (reply, error) {
	defer resp.Body.Close()
	got := reply{status: resp.StatusCode, header: resp.Header, last: resp.Close}
	size := resp.ContentLength
	if size < 0 || size > replyLimit {
		body, err := io.ReadAll(io.LimitReader(resp.Body, replyLimit))
		got.body, got.last = body, got.last || len(body) == replyLimit // what follows the limit is unread
		return got, err
	}
	got.body = make([]byte, size)
	_, err := io.ReadFull(resp.Body, got.body)
	return got, err
}
