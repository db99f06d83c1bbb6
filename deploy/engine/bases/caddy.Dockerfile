FROM debian:forky-slim
RUN apt-get update -qq \
 && apt-get install -yqq --no-install-recommends caddy ca-certificates \
 && rm -rf /var/lib/apt/lists/* && mkdir -p /config/caddy /data/caddy /srv /etc/caddy
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
WORKDIR /srv
EXPOSE 80 443 443/udp 2019
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
