# Like the official image of this name: Node on top of Debian's whole set of build tools.
FROM node:24-trixie-slim AS node
FROM python:3.13
COPY --from=node /usr/local /usr/local
CMD ["node"]
