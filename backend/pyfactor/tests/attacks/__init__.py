"""Attacks made from the URL map, the schema and the models: a new resource is attacked the day it lands."""
