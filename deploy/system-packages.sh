#!/usr/bin/env bash
# Installs what tests and benchmarks need beside Python: real PostgreSQL and Redis, a real browser, Node.js.
set -euo pipefail

missing=()
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing+=(postgresql)
command -v redis-server >/dev/null || missing+=(redis-server)
command -v chromium >/dev/null || missing+=(chromium)
command -v node >/dev/null || missing+=(nodejs)
command -v pdftotext >/dev/null || missing+=(poppler-utils)  # tests read the PDF of an export back
fc-list 2>/dev/null | grep -qi dejavu || missing+=(fonts-dejavu-core)
[ ${#missing[@]} -eq 0 ] && exit 0

if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
  echo "Installation de : ${missing[*]}"
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
else
  echo "Il manque : ${missing[*]}. Installez-les, par exemple : sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
