using HealthEquity.Admin.Commands;

return await DirectoryCommands.RunAsync(args);
