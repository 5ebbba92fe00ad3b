"""How Alembic reaches the database: always by a connection that the program opened."""

from alembic import context

from webapp.db.engine import Base

config = context.config
context.configure(
    connection=config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite cannot alter most things in place
    compare_server_default=False,
    transaction_per_migration=True,  # where the connection has begun none
)
with context.begin_transaction():
    context.run_migrations()
