# Context: caddy, the program. Like the official image: marked to listen on ports below 1024, and a
# busybox for what a container's health check needs.
FROM debian:trixie-slim
RUN apt-get update -qq \
 && apt-get install -yqq --no-install-recommends busybox libcap2-bin \
 && rm -rf /var/lib/apt/lists/* && mkdir -p /config/caddy /data/caddy /srv /etc/caddy
COPY --chmod=755 caddy /usr/bin/caddy
RUN setcap cap_net_bind_service=+ep /usr/bin/caddy
ENV XDG_CONFIG_HOME=/config XDG_DATA_HOME=/data
WORKDIR /srv
EXPOSE 80 443 443/udp 2019
CMD ["caddy", "run", "--config", "/etc/caddy/Caddyfile", "--adapter", "caddyfile"]
