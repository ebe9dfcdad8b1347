import { Badge, Button, Menu, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSession } from '../session/use-session.js';
import { Card } from '../show/card.js';
import { List } from '../show/list.js';
import { Moment } from '../show/moment.js';
import { Page } from '../show/page.js';
import { Records } from '../show/records.js';
import { Empty } from '../show/states.js';
import { AddUser } from './add-user.js';
import { ChangeUser, type Change } from './change-user.js';
import { type User, usersQuery } from './users.js';

interface Changing {
  user: User;
  change: Change;
}

export function UsersPage() {
  const session = useSession();
  const users = useInfiniteQuery(usersQuery);
  const [isAdding, setAdding] = useState(false);
  const [changing, setChanging] = useState<Changing>();
  return (
    <Page
      title="Users"
      under={['Settings']}
      intro="The people who sign in here. Whoever is let out is signed out at once; what they did stays in the audit log."
      actions={<Button onClick={() => setAdding(true)}>Add user</Button>}
      wide
    >
      <Card>
        <List query={users} what="Users" empty={<Empty title="Nobody yet" />}>
          {(items) => (
            <Records
              label="Users"
              columns={['Email', 'Role', 'Last signed in', 'Added', 'Change']}
              rows={items.map((user) => ({
                key: user.id,
                isOver: !user.active,
                cells: [
                  <span key="email">
                    <Text component="span" size="sm" fw={600}>
                      {user.email}
                    </Text>{' '}
                    {user.id === session.userId && <Badge variant="light">You</Badge>}
                    {!user.active && (
                      <Badge variant="default" tt="none">
                        Let out
                      </Badge>
                    )}
                  </span>,
                  user.role === 'admin' ? 'Admin' : 'Agent',
                  user.lastSignInAt === undefined ? 'Never' : <Moment key="last" at={user.lastSignInAt} />,
                  <Moment key="added" at={user.createdAt} />,
                  <ChangeMenu key="change" user={user} onChoose={(change) => setChanging({ user, change })} />,
                ],
              }))}
            />
          )}
        </List>
      </Card>
      <AddUser opened={isAdding} onClose={() => setAdding(false)} />
      {changing !== undefined && (
        <ChangeUser {...changing} isSelf={changing.user.id === session.userId} onClose={() => setChanging(undefined)} />
      )}
    </Page>
  );
}

function ChangeMenu({ user, onChoose }: { user: User; onChoose: (change: Change) => void }) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button size="xs" variant="default" aria-label={`Change ${user.email}`}>
          Change
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {user.active && (
          <>
            <Menu.Item onClick={() => onChoose('role')}>
              {user.role === 'admin' ? 'Make them an agent' : 'Make them an admin'}
            </Menu.Item>
            <Menu.Item onClick={() => onChoose('password')}>Set a new password</Menu.Item>
          </>
        )}
        <Menu.Item onClick={() => onChoose('active')}>{user.active ? 'Let out' : 'Let in again'}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
