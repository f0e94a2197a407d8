# Words for enquirers.
organisation-unknown = -
