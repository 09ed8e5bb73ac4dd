"""What an administrator looks after: who read whose personal data, and whether the installation is well."""
