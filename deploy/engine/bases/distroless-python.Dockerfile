# Context: root/, the unpacked packages.
FROM gcr.io/distroless/cc-debian13:nonroot
COPY root /
ENV LANG=C.UTF-8
ENTRYPOINT ["/usr/bin/python3.13"]
