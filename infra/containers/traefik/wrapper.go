// Package traefik makes this module a package: tests build the real Traefik named in go.mod from it.
package traefik
