"""The sandbox insurer over HTTP: member API, identity, website, operator page."""
