# The image of the bot: what is needed to run it, and nothing that is needed to make it.
FROM python:3.13-slim-trixie AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_ROOT_USER_ACTION=ignore
WORKDIR /src
RUN python -m venv /opt/bagyt
COPY requirements.lock requirements-build.lock ./
RUN /opt/bagyt/bin/pip install --require-hashes --only-binary :all: --requirement requirements.lock \
    && pip install --require-hashes --only-binary :all: --requirement requirements-build.lock
COPY . .
RUN /opt/bagyt/bin/pybabel compile --domain bagyt --directory locales \
    && hatchling build --target wheel \
    && /opt/bagyt/bin/pip install --no-index --no-deps dist/*.whl \
    && /opt/bagyt/bin/pip uninstall --yes pip

FROM python:3.13-slim-trixie
RUN useradd --uid 10001 --user-group --no-create-home --home-dir /var/lib/bagyt \
        --shell /usr/sbin/nologin bagyt \
    && install --directory --owner bagyt --group bagyt --mode 0700 /var/lib/bagyt
COPY --from=build /opt/bagyt /opt/bagyt
ENV BAGYT_PRODUCTION=1 \
    DATABASE_URL=sqlite+aiosqlite:////var/lib/bagyt/bagyt.db \
    PATH=/opt/bagyt/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1
USER 10001:10001
WORKDIR /var/lib/bagyt
VOLUME /var/lib/bagyt
STOPSIGNAL SIGTERM
# http.client heeds no proxy settings, so that the bot itself is asked.
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 CMD ["python", "-c", "\
import http.client, os, sys; \
bot = http.client.HTTPConnection('127.0.0.1', int(os.environ.get('HEALTH_PORT') or 8081), timeout=4); \
bot.request('GET', '/healthz'); \
sys.exit(bot.getresponse().status != 200)"]
ENTRYPOINT ["bagyt"]
CMD ["run"]
