#!/bin/sh
# Install the programs that some tests use: Chromium, LibreOffice Calc and hledger.
set -eu

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"
    elif command -v sudo >/dev/null; then sudo "$@"
    else echo "Installing needs root: run this as root, or install sudo" >&2; exit 1
    fi
}

if command -v apt-get >/dev/null; then
    as_root apt-get update -qq
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
        libreoffice-calc-nogui hledger fonts-liberation libatomic1 >/dev/null
    # Ubuntu's package of Chromium is a pointer to a snap, which a container cannot run.
    if grep -q '^ID=ubuntu' /etc/os-release; then
        as_root .venv/bin/playwright install-deps chromium
        .venv/bin/playwright install chromium
    else
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium >/dev/null
    fi
elif command -v brew >/dev/null; then
    brew install --quiet hledger
    brew install --quiet --cask libreoffice chromium
else
    echo "Install Chromium, LibreOffice Calc (soffice) and hledger, so that they are found on the PATH." >&2
    exit 1
fi
