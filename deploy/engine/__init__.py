"""A container engine for machines without one, and base images for machines without a registry.

`python3 deploy/engine` fetches Docker from Debian's packages into a cache outside the checkout,
runs it on a socket of its own, and makes stand-ins for the base images that our Dockerfiles name.
Where Docker already works, that one and the real images are used instead.

Standard library only, like the launcher.
"""
