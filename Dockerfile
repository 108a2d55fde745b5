# syntax=docker/dockerfile:1
# The production image: without the feature `demo`, so without the sandbox and any way to move the clock.
#
#   docker build -t kith .
#   docker run -d --restart unless-stopped --env-file .env -v kith-data:/data kith

FROM rust:1.95-slim-bookworm AS chef
RUN cargo install cargo-chef --locked --version ^0.1
WORKDIR /build

# What of the sources decides which dependencies are built: the manifests and the lock.
FROM chef AS plan
COPY . .
RUN cargo chef prepare --recipe-path recipe.json

FROM chef AS build
# The dependencies, in a layer of their own that stands until the manifests change.
COPY --from=plan /build/recipe.json .
RUN cargo chef cook --release --locked --no-default-features --package kith --recipe-path recipe.json
COPY . .
RUN cargo build --release --locked --no-default-features --package kith --bin kith \
    && mkdir /data

# A C library, certificates and nothing else: no shell, no package manager. `nonroot` is user 65532.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/target/release/kith /usr/local/bin/kith
COPY --from=build --chown=65532:65532 /data /data
# `kith.toml` is read from here if it is there.
WORKDIR /data
ENV KITH_STORE_PATH=/data
VOLUME /data
# Kith finishes what is in flight within 10 s and leaves; give it that time (`--stop-timeout 15`).
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/kith"]
CMD ["run"]
