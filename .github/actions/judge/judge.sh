#!/usr/bin/env bash
# Start an AstrBot on this machine with its own first password, judge it, and stop it. No secrets are needed.
#
#   judge.sh RELEASE [ARGUMENTS OF CONFORM…]     the release is installed from PyPI (Python 3.12 or 3.13)
#   ASTRBOT=.venv/bin/astrbot judge.sh -         this command is started, for example of a checkout with your changes
#
# PYTHON: for AstrBot (python3). CONFORM: how conform is called (astrbot-contract conform). PORT: where AstrBot listens.
set -euo pipefail
release=${1-}
if [ -z "$release" ] || { [ "$release" = - ] && [ -z "${ASTRBOT:-}" ]; }; then
  echo 'judge.sh: name the RELEASE of AstrBot to install, or `-` and the command in ASTRBOT' >&2
  exit 2
fi
shift
python=${PYTHON:-python3}
folder=$(mktemp -d)
port=${PORT:-$("$python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')}
export ASTRBOT_URL=http://127.0.0.1:$port ASTRBOT_USERNAME=astrbot ASTRBOT_PASSWORD
ASTRBOT_PASSWORD="Judge-1-$("$python" -c 'import secrets; print(secrets.token_hex(12))')"

if [ -z "${ASTRBOT:-}" ]; then
  "$python" -m venv "$folder/venv"
  # 4.26 does not limit these packages. With later versions it can neither delete sessions nor connect to MCP over HTTP.
  bounds=()
  case $release in 4.26.*) bounds=('sqlmodel==0.0.38' 'mcp<2') ;; esac
  "$folder/venv/bin/pip" install --quiet --disable-pip-version-check "astrbot==$release" ${bounds[@]+"${bounds[@]}"}
  ASTRBOT=$folder/venv/bin/astrbot
fi
ASTRBOT=$(realpath --no-symlinks "$ASTRBOT")

# A new folder, like that of `astrbot init`, with an empty page: a release without a web UI would download one.
mkdir -p "$folder"/instance/data/{config,plugins,temp,dist/assets}
touch "$folder/instance/.astrbot"
echo '<html></html>' >"$folder/instance/data/dist/index.html"
echo v99.0.0 >"$folder/instance/data/dist/assets/version"
(
  cd "$folder/instance"
  export ASTRBOT_DASHBOARD_INITIAL_PASSWORD=$ASTRBOT_PASSWORD
  export ASTRBOT_DASHBOARD_HOST=127.0.0.1 DASHBOARD_HOST=127.0.0.1 DASHBOARD_PORT=$port
  exec "$ASTRBOT" run -p "$port"
) >"$folder/log" 2>&1 </dev/null &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true; rm -rf "$folder"' EXIT

# Wait for it, and complete the first-run setup as an operator does: before that, the dashboard creates no keys.
"$python" - "$server" <<'SETUP' || { tail -n 30 "$folder/log" >&2; exit 3; }
import json, os, sys, time, urllib.error, urllib.request

url, user, password = (os.environ[f"ASTRBOT_{name}"] for name in ("URL", "USERNAME", "PASSWORD"))


def asked(path, body=None, token=None):
    head = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    sent = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/api/v1{path}", sent, head), timeout=20) as answer:
        return json.load(answer)


deadline = time.monotonic() + 180
while True:
    try:
        os.kill(int(sys.argv[1]), 0)
        asked("/openapi.json")
        break
    except (urllib.error.URLError, OSError) as error:
        if isinstance(error, ProcessLookupError) or time.monotonic() > deadline:
            sys.exit("AstrBot did not start")
        time.sleep(0.5)
token = asked("/auth/login", {"username": user, "password": password})["data"]["token"]
if asked("/auth/setup-status")["data"].get("setup_required"):
    chosen = {"username": user, "password": password, "confirm_password": password}
    if asked("/auth/setup", chosen, token)["status"] != "ok":
        sys.exit("the first-run setup was rejected")
SETUP

${CONFORM:-astrbot-contract conform} "$ASTRBOT_URL" "$@"
