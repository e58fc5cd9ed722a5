"""Cloudflare's API, version 4, as a twin: routes by method and path over simcloud's own store."""
