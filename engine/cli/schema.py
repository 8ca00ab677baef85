"""``wedge schema``: the JSON Schema of scenario files."""

import click

from wedge.engine.cli.common import out


@click.command(epilog="\b\nExample:\n  wedge schema > scenario.schema.json")
def schema() -> None:
    """Print the JSON Schema of scenario files, by which editors complete and check them.

    Save it beside your scenarios and let each start with the line

    \b
      # yaml-language-server: $schema=scenario.schema.json
    """
    from wedge.engine.scenario.json_schema import schema_text

    out(schema_text().rstrip("\n"))
