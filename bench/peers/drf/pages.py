"""Page numbers, whose size is called `limit` as the other contenders call it."""

from rest_framework.pagination import PageNumberPagination


class PageNumbers(PageNumberPagination):
    page_size = 50
    page_size_query_param = "limit"
    max_page_size = 200
