# What bin/run and bin/test install; sourced by both. Nothing is installed that is there already.

say() { printf '%s\n' "$*" >&2; }

# Packages of the system: as root, with sudo that asks no password, or by the one command that is said.
install() {
  local sudo=
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then sudo='sudo -n'; else
      say "Please install what is missing: sudo apt-get update && sudo apt-get install -y --no-install-recommends $*"
      exit 69
    fi
  fi
  if ! command -v apt-get >/dev/null; then
    say "Please install with your system's package manager: $*"
    exit 69
  fi
  say "Installing: $*"
  # Services of the system are not started by it, and no cluster of the system's is made.
  local policy=/usr/sbin/policy-rc.d made=
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null
    $sudo chmod +x $policy
    made=1
  fi
  $sudo mkdir -p /etc/postgresql-common
  [ -e /etc/postgresql-common/createcluster.conf ] || echo 'create_main_cluster = false' | $sudo tee /etc/postgresql-common/createcluster.conf >/dev/null
  local failed=
  { $sudo apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 "$@" </dev/null >&2; } || failed=1
  [ -z "$made" ] || $sudo rm -f $policy
  [ -z "$failed" ] || { say "The packages could not be installed: $*"; exit 69; }
}

need_rust() {
  command -v cargo >/dev/null || { say 'Rust is missing; https://rustup.rs tells how to install it.'; exit 69; }
}

has_postgresql() {
  local server
  for server in /usr/lib/postgresql/*/bin/postgres /opt/homebrew/opt/postgresql*/bin/postgres \
    /usr/local/opt/postgresql*/bin/postgres "$(command -v postgres || true)"; do
    if [ -x "$server" ] && [ "$("$server" --version | sed -E 's/[^0-9]*([0-9]+).*/\1/')" -ge 15 ]; then return 0; fi
  done
  return 1
}

need_postgresql() { has_postgresql || install postgresql; }
