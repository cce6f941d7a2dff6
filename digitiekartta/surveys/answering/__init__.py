"""Taking answers: a plain ASGI application beside Django, for one address of every municipality."""
