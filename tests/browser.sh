#!/bin/sh
# The browser of the browser tests: Debian's Chromium where one may install it, else a line that says what to do.
set -eu
for name in chromium google-chrome chromium-browser; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Installing Chromium for the browser tests …"
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium fonts-noto-color-emoji) >/dev/null
else
    echo "The browser tests are skipped: install Chromium (Debian: sudo apt-get install chromium) and run this again."
fi
