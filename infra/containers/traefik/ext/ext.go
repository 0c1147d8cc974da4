// Package ext stands in for Traefik's extension points, which its public module leaves out.
package ext

// HTTP would extend the dynamic HTTP configuration.
type HTTP struct{}

// Router would extend a router.
type Router struct{}
