FROM debian:forky-slim
RUN groupadd --system --gid 999 valkey && useradd --system --uid 999 --gid valkey valkey \
 && apt-get update -qq \
 && apt-get install -yqq --no-install-recommends valkey-server valkey-tools \
 && rm -rf /var/lib/apt/lists/* && install -d -o valkey -g valkey /data
VOLUME /data
WORKDIR /data
USER valkey
EXPOSE 6379
CMD ["valkey-server", "--protected-mode", "no"]
