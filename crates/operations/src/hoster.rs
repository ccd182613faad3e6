//! What a hoster does: receive, look at what changed, answer. Nothing here knows sources or collectors.
