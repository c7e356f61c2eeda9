// Package web holds the built browser app inside the binary.
//
// It owns the embedded files only: which URL serves them, and with which headers,
// belongs to platform/web. The files come from "npm run build" in this folder; before
// the first build the embedded tree holds nothing but a placeholder, and App has no
// index.html.
package web

import (
	"embed"
	"fmt"
	"io/fs"
)

//go:embed all:apps/app/dist
var dist embed.FS

// App is the built tenant app: index.html, theme-boot.js and assets/ at its root, each
// compressible file with .br and .gz siblings.
func App() fs.FS {
	app, err := fs.Sub(dist, "apps/app/dist")
	if err != nil {
		panic(fmt.Sprintf("embedded app: %v", err)) // the path is a constant that embed has checked
	}
	return app
}
