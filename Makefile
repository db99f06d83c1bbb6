# Aliases for those whose fingers know them; ./dott does the work.
.PHONY: dev test
dev:
	./dott dev
test:
	./dott test
