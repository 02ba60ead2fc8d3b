# The image: Foyer, built, with its own PostgreSQL for when it is given none (hence Debian: its programs need glibc).
#   docker build -t foyer . && docker run -p 8000:8000 -v foyer-data:/data foyer
ARG NODE_IMAGE=node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
WORKDIR /foyer
ENV NEXT_TELEMETRY_DISABLED=1
# First the packages alone: they change less often than the sources.
COPY package.json package-lock.json ./
RUN npm ci --include=dev --no-audit --no-fund
COPY . .
RUN npm run build
RUN npm run slim

FROM ${NODE_IMAGE}
# The first process must bury what others leave behind, as PostgreSQL does.
RUN apt-get update && apt-get install -y --no-install-recommends tini && rm -rf /var/lib/apt/lists/*
WORKDIR /foyer
# Owned by root: the server writes to /data alone.
COPY --from=build /foyer /foyer
RUN install -d -o node -g node -m 700 /data
USER node
ENV NODE_ENV=production DATA_DIR=/data PORT=8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/api/health/ready`).then(({ok}) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--"]
# What `npm start` runs. It stops within 40 seconds: docker stop --time 45.
CMD ["node", "scripts/start.mjs"]
