#!/bin/sh
# Find a Chromium for the browser stories, or install Debian's when we may. Never fails: the stories
# say loudly themselves that they were skipped.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
  command -v "$name" >/dev/null 2>&1 && exit 0
done
[ -n "$YACHAY_CHROMIUM" ] && exit 0

system=$(. /etc/os-release 2>/dev/null && echo "$ID")
if [ "$system" != debian ]; then
  # Ubuntu's package of this name is a door to a snap, which cannot be driven from a test.
  echo 'No Chromium was found; name one by YACHAY_CHROMIUM=/path, or the browser stories are skipped.' >&2
  exit 0
fi
if [ "$(id -u)" = 0 ]; then
  may=''
elif command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
  may='sudo -n'
else
  echo 'No Chromium was found and we may not install it: apt install chromium' >&2
  exit 0
fi
echo 'Installing Chromium for the browser stories...' >&2
if ! { $may apt-get update -qq && $may env DEBIAN_FRONTEND=noninteractive \
  apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; } </dev/null >/dev/null; then
  echo 'Chromium could not be installed; the browser stories will be skipped.' >&2
fi
exit 0
