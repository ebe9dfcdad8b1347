import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Page } from '../show/page.js';
import { Empty } from '../show/states.js';

export function NotFound() {
  return (
    <Page title="There is no such page">
      <Empty
        title="Nothing is at this address"
        action={
          <Button component={Link} to="/">
            To the start
          </Button>
        }
      >
        The link may be old, or a letter of it is missing.
      </Empty>
    </Page>
  );
}
