"""snapshot: fetch -> validate -> archive.  build: archive -> analyse -> charts -> draw -> pages + files -> site."""
