# Context: node/ and npm/, the unpacked npm packages of the program and of npm.
FROM debian:trixie-slim
COPY --chmod=755 node/bin/node /usr/local/bin/node
COPY --chmod=755 npm /usr/local/lib/node_modules/npm
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && ln -s ../lib/node_modules/npm/bin/npx-cli.js /usr/local/bin/npx \
 && groupadd --gid 1000 node && useradd --uid 1000 --gid node --shell /bin/bash --create-home node
CMD ["node"]
