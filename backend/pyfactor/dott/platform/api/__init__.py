"""The API platform: what every resource of every module shares between the URL and its actions."""
