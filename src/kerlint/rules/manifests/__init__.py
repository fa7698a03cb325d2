"""What is wrong with the packages that manifests ask for."""
