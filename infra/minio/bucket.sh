#!/bin/sh
# Brings the bucket to its wanted state; running it again changes nothing.
# Needs MINIO_URL, MINIO_ROOT_USER, MINIO_ROOT_PASSWORD, S3_BUCKET, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY.
# With S3_PUBLIC_RENDITIONS=true anyone may read renditions too; anything else closes them again.
# SHOP_MODE=live refuses example passwords: setup waits for this job, so a real shop does not start on them.
set -eu
refuse_known() {
  case "$2" in *comptoir-minio* | *not-a-secret*)
    echo "$1 is an example value, which SHOP_MODE=live refuses: everybody knows it. Set it in .env (openssl rand -hex 24), then run docker-compose up -d again." >&2
    exit 1 ;;
  esac
}
if [ "${SHOP_MODE:-demo}" = live ]; then
  refuse_known MINIO_ROOT_PASSWORD "$MINIO_ROOT_PASSWORD"
  refuse_known S3_SECRET_ACCESS_KEY "$S3_SECRET_ACCESS_KEY"
fi
here=$(dirname "$0")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

anonymous=anonymous
if [ "${S3_PUBLIC_RENDITIONS:-false}" = true ]; then anonymous=anonymous-renditions; fi

# The policies name the default bucket; another name is put in its place.
for policy in "$anonymous" app; do
  sed "s/product-images/$S3_BUCKET/g" "$here/$policy.json" > "$work/$policy.json"
done

mc alias set shop "$MINIO_URL" "$MINIO_ROOT_USER" "$MINIO_ROOT_PASSWORD" > /dev/null
mc mb --ignore-existing "shop/$S3_BUCKET"
mc anonymous set-json "$work/$anonymous.json" "shop/$S3_BUCKET"
mc admin policy create shop comptoir-app "$work/app.json"
mc admin user add shop "$S3_ACCESS_KEY_ID" "$S3_SECRET_ACCESS_KEY"
# attaching twice is an error, so look first
if ! mc admin policy entities shop --user "$S3_ACCESS_KEY_ID" | grep -q comptoir-app; then
  mc admin policy attach shop comptoir-app --user "$S3_ACCESS_KEY_ID"
fi
echo "bucket $S3_BUCKET is ready"
