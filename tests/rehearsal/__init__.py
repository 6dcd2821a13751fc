"""`make rehearse`: what can happen happens to the local system; the alarm has to ring, and the page has to mend it."""
