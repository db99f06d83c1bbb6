# What one writes first: the "before" of deploy/measure. Nobody ships it.
FROM python:3.13
WORKDIR /app
COPY . .
RUN pip install -r requirements.lock
EXPOSE 8000
CMD ["python", "-m", "config.serve"]
