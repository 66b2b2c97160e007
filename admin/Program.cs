using HealthEquity.Admin;

// Without a command, or with "serve", this is the console.
return await ConsoleApp.RunAsync(args is ["serve", .. var rest] ? rest : args);
