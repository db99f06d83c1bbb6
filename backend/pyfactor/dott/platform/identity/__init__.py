"""Who somebody is and what he may do: users, sessions, sign-in, businesses, memberships, roles."""
