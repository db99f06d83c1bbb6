FROM node:24-trixie-slim AS node
FROM gcr.io/distroless/cc-debian13:nonroot
COPY --from=node /usr/local/bin/node /nodejs/bin/node
ENTRYPOINT ["/nodejs/bin/node"]
