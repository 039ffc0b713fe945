# Two stages: the packages are installed where compilers could be, and run where nothing but Python is.
# tests/packaging/test_container.py runs these steps without Docker.
FROM python:3.12-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /opt/cultureassess
COPY requirements.lock ./
RUN /opt/cultureassess/bin/pip install --no-cache-dir --require-hashes -r requirements.lock
COPY pyproject.toml README.md LICENSE ./
COPY cultureassess ./cultureassess
COPY templates ./templates
COPY static ./static
RUN /opt/cultureassess/bin/pip install --no-cache-dir --no-deps --no-build-isolation .

FROM python:3.12-slim-bookworm
RUN apt-get update --quiet \
    && apt-get install --yes --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
    && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin cultureassess \
    && install --directory --owner cultureassess --group cultureassess --mode 700 /data
COPY --from=build /opt/cultureassess /opt/cultureassess
ENV PATH=/opt/cultureassess/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    INSTANCE=/data \
    BIND=0.0.0.0 \
    LOG_FORMAT=json
USER 10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
CMD ["cultureassess", "serve", "--port", "8000"]
