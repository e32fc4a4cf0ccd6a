# The reader for other people. See docker/entrypoint for what a container can be told to do.

FROM python:3.11-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /app
COPY requirements.txt .
RUN python -m venv /venv \
    && /venv/bin/pip install --require-hashes -r requirements.txt \
    && /venv/bin/pip uninstall --yes pip setuptools
COPY . .
# Any key will do here: collecting static files signs nothing.
RUN SECRET_KEY=unused STATIC_ROOT=/app/collected /venv/bin/python manage.py collectstatic --noinput \
    && /venv/bin/python -m compileall -q reader

FROM python:3.11-slim
ENV PATH=/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////data/reader.sqlite3 \
    STATIC_ROOT=/app/collected \
    PORT=8000
RUN useradd --system --uid 10001 --home-dir /data --create-home reader
WORKDIR /app
COPY --from=build /venv /venv
COPY --from=build /app /app
USER reader
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s CMD ["python", "docker/healthcheck.py"]
ENTRYPOINT ["docker/entrypoint"]
CMD ["all"]
