#!/bin/sh
# `docker-compose run --rm api <command>`: the shop's commands by name; anything else runs as given.
set -eu
# What `npm start` does without containers: a demo that was told of no Stripe pays at the simulator, if compose runs it.
if [ "${SHOP_MODE:-demo}" = demo ] && [ -z "${STRIPE_SECRET_KEY:-}${STRIPE_API_BASE:-}" ]; then
  case ",${COMPOSE_PROFILES:-}," in
    *,demo,* | ',*,')
      export STRIPE_SECRET_KEY="$STRIPE_SIMULATOR_SECRET_KEY" STRIPE_WEBHOOK_SECRET="$STRIPE_SIMULATOR_WEBHOOK_SECRET" STRIPE_API_BASE="$STRIPE_SIMULATOR_URL" ;;
  esac
fi
command=${1:-serve}
case "$command" in
  serve) exec node /app/cms/door/main.ts ;;
  setup | sweep | migrate | seed | import | export | rebuild | admin-password) exec node /app/cms/run.ts "$@" ;;
  *) exec "$@" ;;
esac
