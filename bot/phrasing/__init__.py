"""Facts and figures into French sentences. Pure: no network, no clock; content is read from YAML files once."""
