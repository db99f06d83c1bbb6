# What one writes first: the "before" of deploy/measure. Nobody ships it.
FROM node:24
WORKDIR /app
COPY . .
RUN npm install -g pnpm@12.21.0 && CI=1 pnpm install
RUN pnpm build
EXPOSE 3000
CMD ["pnpm", "start"]
