#!/bin/sh
# `docker-compose run --rm api <command>`: the shop's commands by name; anything else runs as given.
set -eu
command=${1:-serve}
case "$command" in
  serve) exec node /app/cms/door/main.ts ;;
  setup | sweep | migrate | seed | import | export | rebuild | admin-password) exec node /app/cms/run.ts "$@" ;;
  *) exec "$@" ;;
esac
