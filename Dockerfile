# The production image: without the feature `demo`, so without the sandbox and any way to move the clock.
#
#   docker build -t kith .
#   docker run -d --restart unless-stopped --stop-timeout 15 --env-file .env -v kith-data:/data kith

FROM rust:1.95-slim-bookworm AS build
WORKDIR /build
COPY . .
RUN cargo build --release --locked --no-default-features --package kith --bin kith
# What becomes the volume; the image below has no shell to make it with.
RUN mkdir /data

# A C library, certificates and nothing else: no shell, no package manager. `nonroot` is user 65532.
FROM gcr.io/distroless/cc-debian12:nonroot
COPY --from=build /build/target/release/kith /usr/local/bin/kith
COPY --from=build --chown=65532:65532 /data /data
# `kith.toml` is read from here if it is there.
WORKDIR /data
ENV KITH_STORE_PATH=/data
VOLUME /data
# Kith finishes what is in flight within 10 s of a SIGTERM and leaves: hence the stop timeout above.
STOPSIGNAL SIGTERM
ENTRYPOINT ["/usr/local/bin/kith"]
CMD ["run"]
