# What one writes first: the "before" of deploy/measure. Nobody ships it.
FROM python:3.13
WORKDIR /app
COPY . .
# (Over the packages of Debian, where the base has some.)
RUN pip install --ignore-installed -r requirements.lock
EXPOSE 8000
CMD ["python", "-m", "config.serve"]
