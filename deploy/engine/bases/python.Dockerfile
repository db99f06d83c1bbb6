# The official image has its Python in /usr/local only; Debian's lies in /usr, linked from there.
FROM debian:trixie-slim
RUN apt-get update -qq \
 && apt-get install -yqq --no-install-recommends python3.13 python3.13-venv python3-pip \
 && rm -rf /var/lib/apt/lists/* /usr/lib/python3.13/EXTERNALLY-MANAGED \
 && for name in python python3 python3.13; do ln -s /usr/bin/python3.13 /usr/local/bin/$name; done
CMD ["python3"]
